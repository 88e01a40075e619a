"""One search over everything that apps register with `register_search_source`.

`words` takes text apart, `querying` reads what was asked for, `finding` answers it in
the `dialects` of both databases, `ranking` and `marking` make the answer readable, and
`correcting` guesses what was meant. `index` writes the entries, in the transaction of
what they describe; `storage` is what the databases need beyond tables.
"""
