"""The kinds of damage for people: what each is called, and what happened, in English and Chinese.

A kind that is not here is shown under its own name, without a story.
"""

from __future__ import annotations

from docparse_cli.words import Pair

NAMES: dict[str, Pair] = {
    "gbk-space-strip": ("mark eaten", "标点被吃"),
    "pinyin-gloss": ("pinyin put in", "插入的拼音"),
    "byte-shift": ("bytes out of step", "字节错位"),
    "wrong-charset": ("read in the wrong encoding", "编码读错"),
    "lost-lead-bytes": ("bytes replaced by ?", "字节变成问号"),
    "entity": ("HTML code", "网页字符代码"),
    "markup-residue": ("rest of HTML", "网页代码残留"),
    "escape": ("stray backslash", "多余的反斜线"),
    "spacing": ("stray spaces", "多余的空格"),
    "space": ("special space", "特殊空格"),
    "width": ("full-width letters or digits", "全角字母数字"),
    "zero-width": ("invisible characters", "不可见字符"),
    "stray-mark": ("stray mark", "混入的符号"),
    "doubled-mark": ("mark set twice", "标点重复"),
    "comma-before-mark": ("comma before another mark", "标点前多出逗号"),
    "full-stop": ("wrong full stop", "句号有误"),
    "decimal-point": ("wrong decimal point", "小数点有误"),
    "number-comma": ("full-width comma in a number", "数中的全角逗号"),
    "dotted-name": ("full stop in a file or net name", "网址中的句号"),
    "doubled-text": ("text doubled", "文字重复"),
    "overprint": ("text printed twice", "叠印的文字"),
    "doubled-line": ("line doubled", "一行重复"),
    "cut-line": ("line end inside a sentence", "句中断行"),
    "page-glue": ("pager inside the text", "混入分页文字"),
    "cut-number": ("number torn apart", "数字被拆断"),
    "fused-heading": ("heading run into the text", "标题与正文粘连"),
    "spun-word": ("word swapped by a rewriting tool", "被洗稿软件换掉的词"),
}

STORIES: dict[str, Pair] = {
    "gbk-space-strip": (
        "A character is two bytes in GBK, the old Chinese encoding. A website deleted every full-width space, the "
        "bytes A1 A1, without looking where characters begin. So a character that ends in A1 and a mark that begins "
        "with A1 lost a byte each, and what was left reads as another character: 场。 became 常.",
        "在旧编码 GBK 中，一个汉字占两个字节。网站按字节删除全角空格（A1 A1），没有看字从哪里开始。前一个字以 A1 结尾、"
        "后一个标点以 A1 开头时，各少了一个字节，剩下的两个字节成了另一个字：“场。”变成了“常”。",
    ),
    "pinyin-gloss": (
        "A website put the pinyin in brackets behind certain characters, so that its copy looks different: 計劃 became "
        "計(jì)劃. The pinyin goes, the character stays.",
        "网站为使文章看上去不同，在一些字后面加了带括号的拼音：“計劃”变成了“計(jì)劃”。现去掉拼音，保留原字。",
    ),
    "byte-shift": (
        "A character is two bytes in GBK, the old Chinese encoding. A website put something in, or took something "
        "out, between the two bytes of one character. From there on bytes were paired wrongly, second with first, and "
        "read as other characters. They are paired rightly again.",
        "在旧编码 GBK 中，一个汉字占两个字节。网站在一个字的两个字节之间插入或删去了内容，其后的字节便错开一位配对，"
        "读成了别的字。现按正确的配对还原。",
    ),
    "wrong-charset": (
        "The bytes are right, but they were read in another encoding than they were written in, and so show other "
        "characters. They are read again in their own.",
        "字节没有错，只是用错了编码来读，所以显示成别的字。现按原来的编码重读。",
    ),
    "lost-lead-bytes": (
        "A character that takes several bytes was cut: bytes that the page could not hold became question marks. "
        "What is left of it tells which it was.",
        "一个多字节字符被拆开，页面容不下的字节变成了问号。由剩下的字节可知原来是什么字符。",
    ),
    "entity": (
        "A character was left as the code that HTML has for it, such as &nbsp; or &#215; for ×.",
        "字符仍是网页代码的样子，如 &nbsp;，又如 &#215; 代表 ×。",
    ),
    "markup-residue": (
        "Commands of the web page were left among the words when its text was copied.",
        "抓取网页时，网页代码混进了文字。",
    ),
    "escape": (
        'Programs write \\" for a quotation mark; here the backslash was left.',
        '程序把引号写作 \\"，反斜线留了下来。',
    ),
    "spacing": (
        "Spaces stand inside a number, a date or a word, mostly from the lines of a PDF or a table.",
        "数字、日期或词的中间夹有空格，多来自 PDF 或表格。",
    ),
    "width": (
        "Letters and digits are as wide as Chinese characters (２０２４); programs do not take these for numbers.",
        "字母和数字写成了与汉字同宽的样子（２０２４），程序认不出这是数。",
    ),
    "zero-width": (
        "Characters that cannot be seen stand between the others and keep words from being found.",
        "字间夹有看不见的字符，会使词语搜索不到。",
    ),
    "stray-mark": (
        "A website strewed marks such as ' ` . behind certain words, so that its copy looks different.",
        "网站为使文章看上去不同，在某些词后撒入了 ' ` . 之类的符号。",
    ),
    "comma-before-mark": (
        "A website put a comma before every other mark: 、 became ,、.",
        "网站在别的标点前都加了一个逗号：“、”变成了“,、”。",
    ),
    "doubled-mark": (
        "A mark stands twice where it belongs once, as an editor's automatic correction leaves it.",
        "标点本应只有一个，却连写了两个，多为编辑器自动改写所致。",
    ),
    "full-stop": (
        "A half-width dot stands between sentences, where Chinese has the full stop 。.",
        "句末用了半角的点，应为句号“。”。",
    ),
    "decimal-point": (
        "A program changed every dot into the full stop 。, the dots inside numbers too: 3.5 became 3。5.",
        "程序把点都换成了句号，连小数点也换了：“3.5”变成了“3。5”。",
    ),
    "dotted-name": (
        "A program changed every dot into the full stop 。, also inside addresses: abc.com became abc。com.",
        "程序把点都换成了句号，连网址中的点也换了：“abc.com”变成了“abc。com”。",
    ),
    "number-comma": (
        "A program made every comma full-width, also those that part the thousands of a number.",
        "程序把逗号都换成了全角，连数中的千分撇也换了。",
    ),
    "doubled-text": (
        "The same words stand twice, one copy behind the other.",
        "同样的字连着出现了两遍。",
    ),
    "overprint": (
        "To look bold, characters were printed twice in the same place; read from the file they stand twice.",
        "为显得粗，同一位置把字印了两次；从文件里读出来，每个字就成了两个。",
    ),
    "doubled-line": (
        "A line consists of the same words twice.",
        "一行由同样的文字重复两遍而成。",
    ),
    "cut-line": (
        "Lines were broken to fit a page, inside words, numbers and sentences. They are one line again.",
        "为适应版面，一行在词、数或句子的中间断开了。现接回一行。",
    ),
    "page-glue": (
        "Page numbers or links to other pages were copied into the middle of the text.",
        "页码或翻页链接被抄进了正文。",
    ),
    "cut-number": (
        "A number was torn apart by a line or page border.",
        "数被换行或换页拆成了两段。",
    ),
    "fused-heading": (
        "The line end between a heading and what follows was lost.",
        "标题与后文之间的换行丢失了。",
    ),
    "spun-word": (
        "A rewriting tool replaced letters of other words by a synonym, which leaves words that are none: 否则 became "
        "否那么, because 则 became 那么.",
        "洗稿软件不分词就替换近义词，留下了不成词的字：“则”换成“那么”，“否则”就变成了“否那么”。",
    ),
}
