select worcr.fence_alone($1, $2, $3)
