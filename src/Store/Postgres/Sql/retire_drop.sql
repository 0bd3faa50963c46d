drop table worcr.{partition}
