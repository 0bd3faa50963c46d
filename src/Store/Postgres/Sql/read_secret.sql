select value from worcr.secret where name = $1
