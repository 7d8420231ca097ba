-- What is due and what is overdue are read by the index in which all that runs stands by when it is due.
drop index support_case_due;
