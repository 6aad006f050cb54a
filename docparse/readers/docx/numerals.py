"""Numbers as Word writes them in automatic numbering (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL_SIMPLIFIED = str.maketrans("一二三四五六七八九十百千万〇", "壹贰叁肆伍陆柒捌玖拾佰仟萬零")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千万〇", "壹貳參肆伍陸柒捌玖拾佰仟萬零")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 99_999
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def chinese_number(number: int) -> str:
    """The number in Chinese numerals with places: 一 十 十一 二十 一百零五.

    >>> [chinese_number(n) for n in (1, 10, 12, 20, 105, 110, 1010, 20300)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十', '一千零一十', '二万零三百']
    """
    if number <= 0:
        return "零"
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1_000 else ""
        below = _below_ten_thousand(rest) if rest else ""
        return _below_ten_thousand(number // 10_000) + "万" + gap + below
    text = _below_ten_thousand(number)
    return text[1:] if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    text = ""
    gap = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def _letter(number: int) -> str:
    """Word repeats the letter after z: aa, bb, not ab."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    if number == 0:
        return "⓪"
    for first, base, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
        if first <= number <= last:
            return chr(base + number - first)
    return str(number)


def _ordinal(number: int) -> str:
    tail = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens = _TENS[number // 10]
    return tens if number % 10 == 0 else f"{tens}-{_ONES[number % 10]}"


def _cardinal(number: int) -> str:
    """One, Twenty-one, One hundred five: Word begins with a capital and writes no and."""
    words: list[str] = []
    rest = number
    for unit, name in ((1_000, "thousand"), (1, "")):
        part, rest = divmod(rest, unit)
        if part >= 100:
            words += [_below_hundred(part // 100), "hundred"]
        if part % 100:
            words.append(_below_hundred(part % 100))
        if part and name:
            words.append(name)
    return " ".join(words or ["zero"]).capitalize()


def _ordinal_text(number: int) -> str:
    words = _cardinal(number).lower()
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    changed = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return (words[:cut] + changed).capitalize()


def padded(number: int, width: int) -> str:
    """Digits with zeros before them: the custom format 001 has the width 3."""
    return str(min(max(number, 0), _LARGEST)).zfill(min(width, 9))


def _between(base: int, last: int) -> Callable[[int], str]:
    return lambda number: chr(base + number - 1) if 1 <= number <= last else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: chinese_number(number).translate(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": lambda number: chinese_number(number).translate(_LEGAL_TRADITIONAL),
    "japaneseLegal": lambda number: chinese_number(number).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number else "0"
    ),
    "hex": lambda number: f"{number:X}",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_text,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _between(0x2474, 20),
    "decimalEnclosedFullstop": _between(0x2488, 20),
    "ideographEnclosedCircle": _between(0x3280, 10),
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}


def render_number(number: int, number_format: str) -> str:
    """The number as the format writes it; formats that are not known are written as decimal digits.

    >>> [render_number(12, name) for name in ("chineseCountingThousand", "ideographTraditional", "lowerRoman")]
    ['十二', '乙', 'xii']
    """
    number = min(max(number, 0), _LARGEST)
    write = _FORMATS.get(number_format)
    return write(number) if write else str(number)
