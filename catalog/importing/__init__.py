"""Files of facts into the database, and back.

An app's loader works in three steps, which every app shares:

1. `parse`: a function of the app turns files into a `Batch` of `Record`s and
   `SourceNote`s, using `fields.Row` to read cells. It touches no database and
   collects every bad cell as a `RowError` (file, line, column, reason).
2. `sync.sync_batch(batch)` compares the records with the rows and writes what
   changed, in one transaction that the caller opens.
3. An exporter writes the files from the rows, so that parsing them gives the same
   records again.
"""
