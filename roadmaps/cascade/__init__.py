"""
What a change above reaches, read and written set by set: the only SQL of consequences.

`reading` fetches in a few statements what `roadmaps.consequences` reckons with; `writing` carries its result out. How many
statements that takes does not depend on the number of rows.
"""
