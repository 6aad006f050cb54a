"""What `docparse explain` prints: repairs, the place, statements, readings that won and lost, claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docparse_cli.console import cut, plain
from docparse_cli.excerpts import excerpt, visible
from docparse_cli.figures import level
from docparse_cli.layout import Column, fold, make_table
from docparse_cli.messages import Language, damage_name, name_of, say
from docparse_cli.reasons import LABEL_RULES, PLACES, REASONS, ROLES, RULES, SECTIONS, TERMS, called, tell

if TYPE_CHECKING:
    from rich.console import Console

    from docparse.explain import Explanation, Measured, Ruling, Said
    from docparse.expr.rivals import Passed, Rival
    from docparse.records import Deadline, Goal, Target

_INDENT = 2
_LINES = 3
Row = tuple[list[str], list[str], list[str], list[str]]


def report(console: Console, found: Explanation, language: Language) -> None:
    """Print everything that is known of the span."""
    _title(console, tell(language, "text", start=found.span.start, end=found.span.end, length=len(found.document.text)))
    _in_place(console, found)
    if found.raw != found.text:
        _line(console, f"{tell(language, 'raw')}  {cut(visible(found.raw), console.width)}", "dim")
    if found.repairs:
        _section(console, tell(language, "repairs"))
        _repairs(console, found, language)
    if found.articles:
        _section(console, tell(language, "where"))
        _where(console, found, language)
    if found.statements:
        _section(console, tell(language, "statements"))
        for said in found.statements:
            _statement(console, said, language)
    _section(console, tell(language, "readings"))
    _readings(console, found, language)
    lines = list(_claims(found, language))
    if lines:
        _section(console, tell(language, "claims"))
        for line, why in lines:
            _line(console, line)
            if why:
                _line(console, why, "dim", _INDENT * 2)


def _in_place(console: Console, found: Explanation) -> None:
    from rich.text import Text

    before, marked, after = excerpt(found.document.text, *found.span, console.width - _INDENT)
    console.print(Text.assemble(" " * _INDENT, before, (marked, "bold"), after), no_wrap=True, overflow="ellipsis")


def _repairs(console: Console, found: Explanation, language: Language) -> None:
    for mend in found.repairs:
        edit = mend.edit
        _line(console, f"{damage_name(language, edit.kind)}  {visible(mend.before)} → {visible(edit.after)}")
        key = "proved" if edit.certified else "repair-why"
        why = tell(language, key, evidence=edit.evidence, certainty=edit.certainty) if edit.evidence else edit.rule
        _line(console, why, "dim", _INDENT * 2)


def _where(console: Console, found: Explanation, language: Language) -> None:
    comma = say(language, "comma")
    for article in found.articles:
        title = article.title or say(language, "untitled")
        kind = name_of(language, "kind", article.kind)
        _line(console, f"{article.id}  {tell(language, 'aside', text=title, about=kind)}")
    for section in found.sections:
        role = called(language, SECTIONS, section.role)
        about = comma.join((tell(language, "level", level=section.level), role))
        _line(console, f"{section.id}  {tell(language, 'aside', text=section.heading.text, about=about)}")


def _statement(console: Console, said: Said, language: Language) -> None:
    one = said.statement
    label = name_of(language, "label", one.label)
    _line(console, f"{one.id}  {label}{say(language, 'comma')}{tell(language, 'sure', share=one.confidence)}")
    _line(console, one.text, indent=_INDENT * 2)
    if len(said.probabilities) > 1:
        others = " ".join(f"{name_of(language, 'label', name)} {share:.0%}" for name, share in said.probabilities[1:])
        _line(console, tell(language, "else", labels=others), "dim", _INDENT * 2)
    if said.furniture:
        why = tell(language, "furniture", reason=said.furniture)
    elif said.rule is not None:
        why = tell(language, "by-rule", rule=called(language, LABEL_RULES, said.rule))
    elif said.table:
        why = tell(language, "by-table")
    elif said.features:
        why = tell(language, "features", features=" ".join(said.features))
    else:
        why = tell(language, "neighbours")
    _line(console, why, "dim", _INDENT * 2)


def _readings(console: Console, found: Explanation, language: Language) -> None:
    """A table in the order of the text: each mention, below it what lost to it, and the numbers that count nothing."""
    text = found.document.text
    rows: list[tuple[int, list[Row]]] = [(r.span.start, list(_ruling(r, text, language))) for r in found.rulings]
    rows += [(p.span.start, [_passed(p, text, language)]) for p in found.passed]
    if not rows:
        _line(console, tell(language, "no-readings"), "dim")
        return
    columns = (
        Column(tell(language, "words"), 16, lines=2),
        Column(tell(language, "reading"), 30, lines=3, share=True),
        Column(tell(language, "rule"), 22, lines=2, style="dim"),
        Column(tell(language, "outcome"), 22, lines=2),
    )
    ordered = [row for _, group in sorted(rows, key=lambda pair: pair[0]) for row in group]
    console.print(make_table(columns, ordered, console.width))
    sources = {r.rule: r.source for r in found.rulings if r.source}
    sources |= {reason: source for p in found.passed for reason, source in p.reasons if source}
    if sources:
        _section(console, tell(language, "sources"))
        for rule, source in sources.items():
            _line(console, f"{rule}  {source}", "dim")


def _ruling(ruling: Ruling, text: str, language: Language) -> Iterator[Row]:
    words = visible(text[ruling.span.start : ruling.span.end])
    reading = [_reading(ruling.meaning, language)]
    if ruling.resolved and ruling.resolved not in ruling.meaning.split():
        reading.append(tell(language, "resolved", value=ruling.resolved))
    if ruling.outcome == "lost" and ruling.winner:
        outcome = tell(language, "lost", words=visible(text[ruling.winner.start : ruling.winner.end]))
    elif ruling.outcome == "border":
        outcome = tell(language, "border")
    elif ruling.role:
        outcome = tell(language, "taken-as", role=called(language, ROLES, ruling.role))
    else:
        outcome = tell(language, "taken")
    yield [words], reading, _rule(ruling.rule, language), [outcome]
    for rival in ruling.rivals:
        yield _rival(rival, text, language)


def _rival(rival: Rival, text: str, language: Language) -> Row:
    words = f"└ {visible(text[rival.span.start : rival.span.end])}"
    return [words], [_reading(rival.meaning, language)], _rule(rival.rule, language), [tell(language, rival.fate)]


def _passed(passed: Passed, text: str, language: Language) -> Row:
    reasons = [called(language, REASONS, reason) for reason, _ in passed.reasons]
    why = say(language, "comma").join(reasons) or tell(language, "no-reason")
    ids = [reason for reason, _ in passed.reasons]
    words = visible(text[passed.span.start : passed.span.end])
    return [words], ["–"], ids, [tell(language, "no-quantity", reasons=why)]


def _rule(rule: str, language: Language) -> list[str]:
    """The rule's name, and below it the id that the examples and the code know it by."""
    name = called(language, RULES, rule)
    return [rule] if name == rule else [name, rule]


def _reading(meaning: str, language: Language) -> str:
    kind, _, rest = meaning.partition(" ")
    return " ".join(called(language, TERMS, word) for word in (kind, *rest.split(" ")))


def _claims(found: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    """Each claim, and below it what it was read from."""
    for goal in found.goals:
        yield _goal(goal, language), ""
    for deadline in found.deadlines:
        yield _deadline(deadline, language), ""
    for one in found.measures:
        yield _measure(one.claim, language), _grounds(one, language)


def _goal(goal: Goal, language: Language) -> str:
    none = tell(language, "none")
    owner = tell(language, "owner", owner=goal.owner) if goal.owner else tell(language, "nobody")
    links = tell(language, "links", targets=" ".join(goal.targets) or none, deadlines=" ".join(goal.deadlines) or none)
    sure = tell(language, "sure", share=goal.confidence)
    return f"{goal.id}  {name_of(language, 'label', goal.kind)}  {say(language, 'comma').join((owner, links, sure))}"


def _deadline(deadline: Deadline, language: Language) -> str:
    days = deadline.value
    if deadline.start or deadline.end:
        start, end = (day.isoformat() if day else tell(language, "open") for day in (deadline.start, deadline.end))
        days = start if start == end else tell(language, "from-to", start=start, end=end)
    sure = tell(language, "sure", share=deadline.confidence)
    return (
        f"{deadline.id}  {name_of(language, 'part', 'deadline')}  {deadline.text}  {days}{say(language, 'comma')}{sure}"
    )


def _measure(one: Target, language: Language) -> str:
    from docparse.records import Result

    kind = name_of(language, "part", "result" if isinstance(one, Result) else "target")
    sure = tell(language, "sure", share=one.confidence)
    return f"{one.id}  {kind}  {plain(one.metric or '')} {level(one, language)}{say(language, 'comma')}{sure}"


def _grounds(one: Measured, language: Language) -> str:
    """Where a target's or result's role, metric, baseline and due time were read."""
    from docparse.records import Result

    parts = [tell(language, "role-words" if one.role_from == "words" else "role-table")]
    if one.claim.metric:
        parts.append(tell(language, "metric-words" if one.metric_from == "words" else "metric-table"))
    if one.baseline:
        parts.append(tell(language, "from-baseline", words=plain(one.baseline)))
    if one.due and one.due_from:
        parts.append(tell(language, "due", words=plain(one.due), place=called(language, PLACES, one.due_from)))
    if one.claim.nature:
        parts.append(called(language, TERMS, one.claim.nature))
    if isinstance(one.claim, Result) and one.claim.target:
        parts.append(tell(language, "answers", target=one.claim.target))
    return say(language, "comma").join(parts)


def _title(console: Console, title: str) -> None:
    console.print(title, style="bold")


def _section(console: Console, title: str) -> None:
    console.print()
    _title(console, title)


def _line(console: Console, text: str, style: str = "", indent: int = _INDENT) -> None:
    for line in fold(text, console.width - indent, _LINES):
        console.print(" " * indent + line, style=style or None)
