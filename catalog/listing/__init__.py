"""Lists that readers narrow, sort and take away: declared once, drawn by one template.

`declaration` says what a list consists of, `filters` and `choices` what it can be
narrowed by, `reading` turns an address into a query, `counting` counts the choices,
`pages` builds what the template draws, `exports` streams CSV and JSON.
"""
