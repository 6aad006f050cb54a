"""Signs of symbol fonts as the characters that they look like: Wingdings, Wingdings 2, Symbol.

Word stores such a sign as w:sym, or as a private-use character U+F020 to U+F0FF in text. What is not listed stays a
private-use character: nothing is guessed.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0xF020, 0xF0FF
PRIVATE = re.compile("[\uf020-\uf0ff]")


def _table(rows: str) -> dict[int, str]:
    return {int(code, 16): sign for code, sign in (row.split("=") for row in rows.split())}


# Unicode's own mapping of the three fonts (L2/11-052, and the Symbol table of the Unicode consortium).
_WINGDINGS = _table(
    "22=✂ 28=☎ 29=✆ 2A=✉ 46=☞ 4A=☺ 6C=● 6D=❍ 6E=■ 6F=☐ 70=☐ 71=❑ 72=❒ 73=⬧ 74=⧫ 75=◆ 76=❖ 77=⬥ 9E=· 9F=• A0=▪"
    " A1=○ A4=◉ A7=▪ A8=☐ AB=★ D8=➢ DC=➲ DF=← E0=→ E1=↑ E2=↓ E8=➔ EF=⇦ F0=⇨ FB=✗ FC=✓ FD=☒ FE=☑"
    " 80=⓪ 81=① 82=② 83=③ 84=④ 85=⑤ 86=⑥ 87=⑦ 88=⑧ 89=⑨ 8A=⑩"
    " 8B=⓿ 8C=❶ 8D=❷ 8E=❸ 8F=❹ 90=❺ 91=❻ 92=❼ 93=❽ 94=❾ 95=❿"
)
_WINGDINGS_2 = _table(
    "4F=✗ 50=✓ 51=☒ 52=☑ 53=☒ 54=☒ 2A=☐ A3=☐ 96=● 97=● 98=● 69=⓪ 6A=① 6B=② 6C=③ 6D=④ 6E=⑤ 6F=⑥ 70=⑦ 71=⑧ 72=⑨ 73=⑩"
)
_SYMBOL = _table(
    "2D=− 44=Δ 4F=Ο 50=Π 53=Σ 57=Ω 61=α 62=β 63=χ 64=δ 65=ε 67=γ 68=η 6C=λ 6D=μ 6E=ν 70=π 71=θ 72=ρ 73=σ 74=τ 77=ω"
    " A3=≤ A5=∞ AB=↔ AC=← AD=↑ AE=→ AF=↓ B0=° B1=± B2=″ B3=≥ B4=× B7=• B8=÷ B9=≠ BA=≡ BB=≈ D6=√ D7=⋅ DE=⇒"
)
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def read_symbol(code: str, font: str) -> str:
    """The character of a w:sym: what it looks like where the font is known, else the code itself, or nothing.

    >>> read_symbol("F0FE", "Wingdings"), read_symbol("00A3", "Wingdings 2"), read_symbol("4E00", "SimSun")
    ('☑', '☐', '一')
    """
    try:
        point = int(code[:6], 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        low = point - 0xF000 if _FIRST <= point <= _LAST else point
        if low in table:
            return table[low]
    return chr(point) if 0x20 <= point < 0xD800 or 0xE000 <= point <= 0xFFFD else ""


def read_private(text: str, font: str) -> str:
    """The text with private-use characters of a known symbol font written as what they look like.

    >>> read_private("\\uf0fc完成", "Wingdings")
    '✓完成'
    """
    return PRIVATE.sub(lambda match: read_symbol(f"{ord(match[0]):X}", font), text)
