"""Whether a text can be read by everybody: headings, links, tables, images, length.

Pure functions over the Markdown of frozen texts. What shuts readers out blocks
publication; what only tires them is advice.
"""
