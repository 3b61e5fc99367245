SELECT name, next_steps FROM processes_list ORDER BY seq
