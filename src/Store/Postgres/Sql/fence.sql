select worcr.fence($1, $2, $3)
