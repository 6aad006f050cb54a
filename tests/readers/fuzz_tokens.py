"""What strangers put into files: hostile pieces of each format, and numbers that parsers count wrong with."""

from __future__ import annotations

NUMBERS: tuple[bytes, ...] = (
    b"0", b"-1", b"1", b"7", b"255", b"256", b"32767", b"32768", b"65535", b"65536", b"99999", b"2147483647",
    b"2147483648", b"4294967295", b"4294967296", b"-2147483648", b"9223372036854775807", b"18446744073709551616",
    b"1e308", b"-1e308", b"nan", b"inf", b"0.0000001", b"3.5", b"1000000000000000000000000000000", b"0x7fffffff",
    b"\xef\xbc\x91\xef\xbc\x92", b"\xd9\xa3", b"\xc2\xb2", b"\xe2\x85\xa3", b"\xe4\xb8\x80", b"9" * 5000, b"", b" ",
    b"+5", b"1_000",
)  # fmt: skip

_CHARACTERS: tuple[bytes, ...] = (
    b"\0", b"\x01", b"\x0b", b"\x0c", b"\x1c", b"\x85", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9",
    b"\xe3\x80\x80", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xed\xb0\x80",
    b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xef\xbf\xbe", b"\xf0\x9f\x98\x80", b"\xcc\x81", b"\xe2\x80\xae",
    b"\xe2\x81\xa6", b"\xc2\xad", b"\xee\x80\x80", b"\xa1\xa1", b"\x81", b"\xff", b"\r", b"\r\n", b"\n", b"\t",
    b"\xc2\xa0", b"\xe1\xa0\x8e", b"\xe1\x85\x9f",
)  # fmt: skip

_WORD: tuple[bytes, ...] = (
    b"<w:p/>", b"<w:p>", b"</w:p>", b"<w:tbl/>", b"<w:tbl><w:tr/></w:tbl>", b"<w:tr><w:tc/></w:tr>", b"<w:tc/>",
    b"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>", b"<w:body/>",
    b'<w:tcPr><w:gridSpan w:val="4294967295"/></w:tcPr>', b'<w:tcPr><w:gridSpan w:val="-3"/></w:tcPr>',
    b'<w:tcPr><w:vMerge w:val="continue"/></w:tcPr>', b"<w:tcPr><w:vMerge/><w:hMerge/></w:tcPr>",
    b'<w:trPr><w:gridBefore w:val="2147483648"/><w:gridAfter w:val="x"/></w:trPr>',
    b'<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="1"/></w:numPr>',
    b'<w:numPr><w:ilvl w:val="99999999999"/></w:numPr>',
    b'<w:numPr><w:ilvl w:val="8"/><w:numId w:val="77"/></w:numPr>', b"<w:numPr/>", b'<w:numId w:val="x"/>',
    b'<w:lvlText w:val="%1%2%3%4%5%6%7%8%9%0%%"/>', b'<w:lvlText w:val="%"/>', b'<w:lvlText/>',
    b'<w:numFmt w:val="bogus"/>', b'<w:numFmt w:val="chineseCountingThousand"/>', b'<w:numFmt w:val="upperRoman"/>',
    b'<w:numFmt w:val="upperLetter"/>', b'<w:start w:val="999999999999"/>', b'<w:start w:val="-5"/>',
    b'<w:lvlRestart w:val="77"/>', b"<w:isLgl/>", b'<w:pStyle w:val="Heading1"/>', b'<w:pStyle/>',
    b'<w:basedOn w:val="Heading1"/>', b'<w:basedOn w:val="Title"/>', b'<w:outlineLvl w:val="-9"/>',
    b'<w:outlineLvl w:val="300"/>', b'<w:sz w:val="4294967295"/>', b'<w:sz w:val=""/>',
    b'<w:sym w:font="Wingdings" w:char="zzzz"/>', b'<w:sym w:char="FFFFFFFF"/>', b'<w:sym w:char="D800"/>',
    b"<w:sym/>", b'<w:fldChar w:fldCharType="begin"/>', b'<w:fldChar w:fldCharType="separate"/>',
    b'<w:fldChar w:fldCharType="end"/>', b"<w:instrText>HYPERLINK</w:instrText>", b'<w:fldSimple w:instr="PAGE"/>',
    b"<w:delText>x</w:delText>", b"<w:r><w:t>x</w:t></w:r>", b"<w:t>\xe5\xae\x8c</w:t>", b"<w:tab/>", b"<w:br/>",
    b'<w:br w:type="page"/>', b"<w:cr/>", b"<w:ins><w:del><w:r/></w:del></w:ins>", b'<w:del w:id="x"/>',
    b"<w:moveFrom/>", b"<w:moveTo/>", b"<w:rPr><w:vanish/></w:rPr>", b"<w:sdt><w:sdtContent/></w:sdt>", b"<w:sdt/>",
    b"<w:ruby><w:rt/><w:rubyBase/></w:ruby>", b"<w:ruby/>", b"<w:txbxContent/>", b'<w:footnoteReference w:id="-1"/>',
    b'<w:footnoteReference w:id="4294967295"/>', b"<w:footnoteReference/>", b"<w:pict/>",
    b'<w:commentReference w:id="9"/>', b'<w:altChunk r:id="rId1"/>', b"<w:drawing/>", b"<w:object/>",
    b"<w:smartTag/>", b"<w:sectPr/>", b"<w:noBreakHyphen/>", b"<w:softHyphen/>", b"<w:lastRenderedPageBreak/>",
    b"<w:hyperlink/>", b"<w:bdo/>",
)  # fmt: skip
_XML: tuple[bytes, ...] = (
    b"&#x0;", b"&#xD800;", b"&#xFFFE;", b"&#1114112;", b"&lt;", b"&bogus;", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<?x?>", b"<!DOCTYPE a>", b'<!ENTITY a "b">', b"</", b"/>", b"<",
    b'="', b' xmlns="urn:x"', b' xml:space="preserve"',
)  # fmt: skip
_OPEN_DOCUMENT: tuple[bytes, ...] = (
    b'<text:s text:c="4294967295"/>', b'<text:s text:c="-4"/>', b"<text:s/>", b"<text:tab/>", b"<text:line-break/>",
    b'<text:h text:outline-level="0">x</text:h>', b'<text:h text:outline-level="99999999999"/>', b"<text:p/>",
    b"<text:p>x</text:p>",
    b"<text:list><text:list-item><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list></text:list-item></text:list>",
    b'<text:list-item text:start-value="-7"/>', b'<text:list text:continue-list="x"/>', b"<text:list-header/>",
    b'<table:table-cell table:number-columns-repeated="1000000000"/>',
    b'<table:table-row table:number-rows-repeated="1000000000"/>',
    b'<table:table-cell table:number-columns-spanned="4294967295" table:number-rows-spanned="-1"/>',
    b"<table:covered-table-cell/>", b"<table:table/>", b"<table:table-row/>", b"<table:table-header-rows/>",
    b"<text:note><text:note-body/></text:note>",
    b'<text:tracked-changes><text:changed-region text:id="a"/></text:tracked-changes>',
    b'<text:change-start text:change-id="a"/>', b'<text:change-end text:change-id="b"/>',
    b"<draw:frame><draw:text-box/></draw:frame>", b"<text:ruby/>", b"<office:annotation/>",
)  # fmt: skip
_HTML: tuple[bytes, ...] = (
    b"<p>", b"</p>", b"<div>", b"</div>", b"<table>", b"<tr>", b"<td>", b"</td>", b"</table>",
    b"<td rowspan=0 colspan=0>", b"<td rowspan=4294967295 colspan=-1>", b"<th rowspan='x' colspan='1e9'>",
    b"<caption>", b"<select><option>", b"<textarea>", b"<plaintext>", b"<![CDATA[", b"<!--", b"-->", b"--!>",
    b"<svg><style>", b"<math><mi>", b"<template>", b"<frameset>", b"<body>", b"<html>", b"</html>", b"</body>",
    b"<head>", b"<title>", b"<script>", b"</script>", b"<style>", b"<noscript>", b"<iframe>", b"<meta charset=utf-7>",
    b"<meta charset='\xe5'>", b"<meta charset=utf-16>", b"<meta charset=gb2312>", b"<base href='x:'>", b"&#xD800;",
    b"&#1114112;", b"&#0;", b"&nbsp", b"&bogus;", b"&#x80;", b"<ruby>x<rt>y", b"<rp>", b"<br/>", b"<hr>",
    b"<p hidden>", b"<p style='display:none'>", b"<ol start=-9999999999>", b"<ol type=i reversed>",
    b"<li value=99999999999>", b"<ul>", b"<a href='javascript:'>", b"<img alt='\xe5\xae\x8c'>", b"<h1>", b"<h9>",
    b"</h1>", b"<pre>\n\n", b"<font><b><i><font>", b"<a b=\"", b"<a b='", b"<", b"</", b"<?", b"<!", b"<\0", b"<p\0>",
    b"<table><table>", b"<form>", b"<input value=x>", b"<xmp>",
)  # fmt: skip
_PDF: tuple[bytes, ...] = (
    b" 0 Tf ", b" 4294967295 Tf ", b"/F1 0 Tf ", b"/Nope 12 Tf ", b" 0 0 0 0 0 0 Tm ", b" 1e38 0 0 1e38 0 0 cm ",
    b" -1 0 0 -1 0 0 Tm ", b" 0 1 -1 0 300 300 Tm ", b" 2147483647 -2147483648 Td ", b" 4294967295 Tc ",
    b" -99999 Tw ", b" 0 Tz ", b" -100 Tz ", b" 3 Tr ", b" 7 Tr ", b" 99999 Ts ", b" T* ", b" BT ", b" ET ", b" q ",
    b" Q ", b" /F Do ", b" BI /W 9 /H 9 ID xx EI ", b" EI ", b" nan 0 Td ", b"[ ", b"] ", b"<< ", b">> ", b"(", b")",
    b"<", b">", b"(\\", b"<FEFF", b"<0", b"(\\777) Tj ", b"[(a) -99999999 (b)] TJ ", b" (a) ' ", b" 1 2 (a) \" ",
    b" /Span <</ActualText <FEFFD800>>> BDC ", b" EMC ", b" BX ", b" 0 0 600 800 re W n ", b" null ", b" true ",
    b" 1 0 R ", b" 3 0 R ", b" 999999 0 R ", b"/Rotate 90 ", b"/Rotate 37 ", b"/MediaBox [0 0 0 0] ",
    b"/MediaBox [0 0 4294967295 1e30] ", b"/MediaBox [-5 -5] ", b"/UserUnit 1e9 ", b"/Count -1 ",
    b"/Count 1000000000 ", b"/Kids [1 0 R] ", b"/Kids [] ", b"/Parent 3 0 R ", b"/Contents [] ",
    b"/Filter /FlateDecode ", b"/Filter [/ASCIIHexDecode /LZWDecode] ", b"/Filter /JBIG2Decode ", b"/Filter /Crypt ",
    b"/DecodeParms <</Predictor 15 /Columns 4294967295>> ", b"/Encoding /Identity-H ", b"/Encoding /Nope ",
    b"/ToUnicode 1 0 R ", b"/Subtype /Type0 ", b"/Subtype /Type3 ", b"/W [0 [4294967295]] ", b"/DW -1 ",
    b"1 beginbfrange <0000> <FFFF> <D800> endbfrange ", b"1 beginbfchar <01> <> endbfchar ",
    b"100 beginbfrange <00> <FF> [ ", b"endstream", b"endobj", b"stream\n", b"%%EOF", b"/Length 4294967295 ",
    b"/Type /Pages ", b"/Type /ObjStm /N 99999999 /First 0 ", b"/Encrypt <</Filter /Standard>> ", b"%",
    b"/First 1 0 R ", b"/Outlines 1 0 R ", b"/StructTreeRoot 1 0 R ",
    b"/PageLabels <</Nums [0 <</S /D /St 4294967295>>]>> ", b"/AcroForm <</XFA 1 0 R>> ",
)  # fmt: skip
_RTF: tuple[bytes, ...] = (
    b"\\bin4294967295 ", b"\\bin-5 ", b"\\bin", b"\\'zz", b"\\'", b"\\'a1", b"\\'ff\\'ff", b"\\u-10179?",
    b"\\u65536?", b"\\u99999999999?", b"\\u", b"\\uc9999 ", b"\\uc0 ", b"\\uc-1 ", b"{\\*\\bogus ", b"{\\*", b"{",
    b"}", b"\\par ", b"\\par", b"\\line ", b"\\tab ", b"\\cell ", b"\\row ", b"\\trowd", b"\\cellx4294967295 ",
    b"\\intbl ", b"\\itap9999 ", b"{\\nestcell}", b"{\\*\\nesttableprops\\nestrow}", b"\\ansicpg99999 ",
    b"\\ansicpg936 ", b"\\ansicpg-1", b"\\mac ", b"{\\pict\\wmetafile8 ", b"{\\object{\\*\\objdata 0105",
    b"{\\fonttbl{\\f0\\fcharset134 x;}}", b"\\f99999 ", b"{\\colortbl;}", b"{\\stylesheet", b"\\plain", b"\\v ",
    b"\\v0 ", b"\\deleted ", b"{\\footnote x}", b"{\\header x\\par}", b"\\s1\\outlinelevel-1 ", b"\\fs4294967295 ",
    b"\\pntext ", b"\\listtext", b"{\\listtext\\tab}", b"{\\field{\\*\\fldinst PAGE}{\\fldrslt ", b"\\~", b"\\_",
    b"\\-", b"\\\n", b"\\", b"\\*", b"\\emspace ", b"\\a" + b"b" * 300 + b" ", b"\\upr",
)  # fmt: skip
_MIME: tuple[bytes, ...] = (
    b"--", b"----=_docparse\r\n", b"----=_docparse--\r\n", b'boundary=""', b'boundary="x"',
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: bogus\r\n", b"=ZZ", b"=", b"=\r\n", b"=3D", b"====", b"\r\n\r\n",
    b"Content-Type: multipart/related; boundary=x\r\n", b"Content-Type: message/rfc822\r\n",
    b"Content-Type: text/html; charset=bogus\r\n", b"Content-Type: text/html; charset*0*=x\r\n",
    b"Subject: =?gb2312?B?!!!?=\r\n", b"Subject: =?x?y?z?=\r\n", b"Content-Location: \xe5\r\n",
)  # fmt: skip
_CSV: tuple[bytes, ...] = (
    b'"', b'""', b'"""', b',', b";", b"\t", b"|", b'"\n', b',"', b'",', b"\r", b"," * 300, b'"' * 99, b"=cmd|'/C'!A0",
    b"sep=;\n", b"\n\n\n", b"\\",
)  # fmt: skip
_TEXT: tuple[bytes, ...] = (
    b"# ", b"####### ", b"|", b"|---|\n", b"| :-: | -- |\n", b"```", b"~~~", b"> ", b"    ", b"- ", b"* * *\n",
    b"===\n", b"---\n", b"\\", b"[a](b)", b"![](", b"[a]: b\n", b"<br>", b"<p>", b"<!--", b"&amp;", b"&#x4e00;",
    b"1. ", b"1) ", b"**", b"__", b"\xe4\xb8\x80\xe3\x80\x81", b"\xef\xbc\x88\xe4\xb8\x80\xef\xbc\x89",
    b"20xx\xe5\xb9\xb4", b"95%", b"\xe7\xac\xac1\xe9\xa1\xb5", b"??", b"\xef\xbf\xbd", b"\xe7\xaf\x87\xe4\xb8\x80\n",
)  # fmt: skip

_WORDS = (b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xec\xa5\xc1\0", b"\0\0\0\0")

TOKENS: dict[str, tuple[bytes, ...]] = {
    "docx": (*_WORD, *_WORD, *_XML, *_CHARACTERS),
    "word-xml": (*_WORD, *_WORD, *_XML, *_CHARACTERS),
    "odt": (*_OPEN_DOCUMENT, *_OPEN_DOCUMENT, *_XML, *_CHARACTERS),
    "fodt": (*_OPEN_DOCUMENT, *_OPEN_DOCUMENT, *_XML, *_CHARACTERS),
    "html": (*_HTML, *_HTML, *_CHARACTERS),
    "mhtml": (*_MIME, *_HTML, *_CHARACTERS),
    "pdf": (*_PDF, *_PDF, *_CHARACTERS),
    "rtf": (*_RTF, *_RTF, *_CHARACTERS),
    "csv": (*_CSV, *_CSV, *_CHARACTERS),
    "txt": (*_TEXT, *_CHARACTERS),
    "md": (*_TEXT, *_TEXT, *_CHARACTERS),
    "zip": (*_XML, *_CHARACTERS),
    "doc": (*_CHARACTERS, b"\x13", b"\x14", b"\x15", b"\x07", b"\x02", *_WORDS),
}  # fmt: skip

# Trees of these are mutated as trees, so that what comes out is well-formed and reaches behind the XML parser.
NAMESPACES: dict[bytes, bytes] = {
    b"w": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"r": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"text": b"urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    b"table": b"urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    b"office": b"urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    b"draw": b"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}
