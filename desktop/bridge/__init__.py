"""The only place of desktop that starts threads; core's callbacks become Qt signals here."""
