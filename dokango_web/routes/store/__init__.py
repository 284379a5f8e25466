"""The customers' pages in plain HTML: what they show and all that can be done there, before or without JavaScript.

Each file is one page (and its forms); the live page of the same address takes over where scripts run.
"""
