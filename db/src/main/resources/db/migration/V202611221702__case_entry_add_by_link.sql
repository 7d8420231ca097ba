-- How a customer's words came who wrote on a page: by the link that was shown when the case was opened, whoever that was, or by the link of a mail to their address.
alter table case_entry add column page text constraint case_entry_page_check check (page in ('opened', 'mailed'));
