delete from worcr.unique_lock where expires_at > 0 and expires_at <= $1
