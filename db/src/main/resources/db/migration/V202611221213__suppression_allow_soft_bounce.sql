-- An address whose mail came back again and again for reasons that might have passed.
alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check
    check (reason in ('unsubscribed', 'hard-bounce', 'soft-bounce', 'spam-report', 'by-staff', 'by-api', 'erased')) not valid;
