select of_namespace, new_epoch, of_owner from worcr.acquire($1, $2, $3, $4)
