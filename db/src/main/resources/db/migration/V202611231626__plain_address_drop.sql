-- Every address has its form; from here on it is made where addresses come in.
drop function plain_address;
