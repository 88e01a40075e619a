"""From a reader's report to the public log of corrections.

`claim_pages` knows what each page says, `receiving` keeps a report, `handling` decides
on it, `answering` writes to the reader, `log` and `views` show what was corrected.
"""
