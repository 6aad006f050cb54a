"""The library's errors and warnings in Chinese, by their stable codes.

A code that is not here is shown in English; an empty message stands for the library's own, which names the fault.
"""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "archive": ("这是一个压缩包。", "请解压后解析其中的文件。"),
    "bad-option": ("", "请检查选项的取值。"),
    "bad-workers": ("", "请给出 1 至 61 之间的进程数。"),
    "bad-span": ("起止位置超出了正文范围。", "请按正文的字符数填写 --span。"),
    "binary": ("文件内容不是任何已知编码的文字。", "请确认文件类型，或用 --encoding 指定编码。"),
    "damaged-docx": ("Word 文档已损坏。", "请在 Word 或 WPS 中打开后重新保存。"),
    "damaged-pdf": ("PDF 不完整或已损坏。", "请重新获取完整文件，或重新打印成 PDF。"),
    "damaged-zip": ("文件包不完整或已损坏。", "请重新获取完整文件，或打开后重新保存。"),
    "dlp-encrypted": ("文件被办公防泄密软件加密。", "请在有授权的电脑上解密后再解析。"),
    "docx-without-document": ("Word 文档中没有正文。", "请在 Word 或 WPS 中打开后重新保存。"),
    "empty-file": ("文件为空（0 字节）。", "请检查下载或导出是否完整。"),
    "expansion-bomb": ("文件解压后异常庞大，已拒绝读取。", "请确认文件来源。"),
    "file-not-found": ("找不到该文件。", "请检查文件名。"),
    "git-lfs-pointer": ("这只是 Git LFS 的指针，不是文件本身。", "请用 git lfs pull 取回文件。"),
    "image": ("这是一张图片。", "请先做文字识别（OCR）。"),
    "internal-error": ("", "这是 docparse 的缺陷，请附上文件报告。"),
    "is-directory": ("这是一个文件夹。", "请给出文件，或使用 docparse batch。"),
    "legacy-doc": ("旧版 Word 或 WPS 文件（.doc）无法读取。", "请用 Word、WPS 或 LibreOffice 另存为 .docx。"),
    "legacy-office": ("旧版 Office 或 WPS 文件无法读取。", "请用 Word、WPS 或 LibreOffice 另存为 .docx。"),
    "encrypted": ("文件有密码保护。", "请去掉密码后再解析。"),
    "mhtml": ("这是 MHTML 网页存档，暂不支持。", "请另存为 .html。"),
    "no-permission": ("没有读取该文件的权限。", "请检查文件权限。"),
    "bad-time-id": ("时间没有自己的编号（如 t1）。", "请传入 find_times 的结果。"),
    "not-a-folder": ("这不是文件夹。", "请给出文件夹的路径。"),
    "not-contract-json": ("", "请给出 docparse 输出的 JSON。"),
    "out-of-memory": ("内存不足，无法读取这份文档。", "请减少进程数（--workers）。"),
    "reader-exhausted": ("读取该文件所需内存过大。", "请确认文件来源。"),
    "too-deep": ("文件结构嵌套过深，已拒绝读取。", "请确认文件来源。"),
    "too-large": ("文件超过大小上限。", "请拆分文件。"),
    "too-large-expanded": ("文件解压后超过大小上限。", "请拆分文件。"),
    "too-many-attributes": ("网页标签属性过多，已拒绝读取。", "请确认文件来源。"),
    "too-many-characters": ("文字超过长度上限。", "请拆分文件。"),
    "too-many-entries": ("文件包中的成员过多，已拒绝读取。", "请确认文件来源。"),
    "too-many-pages": ("PDF 页数超过上限。", "请拆分文件。"),
    "unknown-encoding": ("", "请用 Python 认得的编码名，如 gb18030。"),
    "unknown-media-type": ("", "请改用支持的类型。"),
    "unreadable-file": ("文件无法读取。", "请检查路径，并给出普通文件。"),
    "unwritable-output": ("无法写入结果文件夹。", "请换一个文件夹，或清理磁盘空间。"),
    "word-xml": ("这是单个 XML 文件的 Word 文档，暂不支持。", "请另存为 .docx。"),
    "worker-died": ("读取该文件的进程意外终止。", "文件可能已损坏或过大，请打开后重新保存。"),
    "xml-entities": ("文件含有不安全的 XML 实体，已拒绝读取。", "请确认文件来源。"),
}

WARNINGS: dict[str, str] = {
    "byte-shift": "此处因字节错位丢失了一个字，无法恢复",
    "lost-character": "此处有字因字节缺失而丢失，无法恢复",
    "digits-lost": "此处的数字被删去，只剩单位，无法恢复",
    "docx-package-damaged": "文件包有损坏，只读出了可以读取的部分",
    "hidden-text": "文件中看不见的隐藏文字未读入",
    "html-too-deep": "网页标签嵌套过深，已按纯文字读取",
    "lone-surrogates": "文字中含有无效的代理字符，显示为 U+FFFD",
    "no-text": "文件中没有可见的文字",
    "not-this-genre": "未发现计划、总结、制度或指南",
    "nul-characters": "文字中含有空字符（NUL）",
    "pdf-characters-missing": "PDF 中有个别字符未能读出",
    "pdf-damaged": "PDF 已损坏，只读出了可以读取的部分",
    "pdf-pages-without-text": "部分页没有文字层，可能是扫描件",
    "pdf-without-text": "PDF 没有文字层，可能是扫描件，请先做文字识别（OCR）",
    "text-recognised": "部分页的文字由图片识别（OCR）得来，可能有误",
    "undecodable-bytes": "部分字节无法解码，显示为 U+FFFD",
    "wrong-encoding-label": "网页声明的编码与实际不符，已按实际编码读取",
}

OPTION_NAMES: tuple[tuple[str, str], ...] = (
    ("Options.encoding", "--encoding"),
    ("Options.reference_date", "--reference-date"),
    ("Options.min_confidence", "--min-confidence"),
)
"""What the library's options are called on the command line."""
