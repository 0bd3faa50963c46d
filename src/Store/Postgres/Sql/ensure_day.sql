select worcr.ensure_day($1, $2)
