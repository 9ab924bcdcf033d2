"""Who writes the history. Nobody is real."""

AMARA = "Amara Osei <amara.osei@example.org>"
PRIYA = "Priya Raman <priya.raman@example.org>"
TOM = "Tom Hughes <tom.hughes@example.org>"
ZOE = "Zoë Lefèvre <zoe.lefevre@example.org>"
