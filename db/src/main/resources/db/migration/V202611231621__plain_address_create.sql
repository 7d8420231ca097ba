-- Addresses have one form, with their domain in ASCII (RFC 3492): those that are there get it by this, which goes when they have it.
create function plain_address(address text) returns text language plpgsql immutable strict as $$
declare
    seen constant text := regexp_replace(address, '[\u00ad\u034f\u180b-\u180d\u180f\u200b\u2060\u2064\ufe00-\ufe0f\ufeff]', '', 'g');
    typed constant text := substring(seen from '[^@]*$');
    digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
    name text;
    plain text := '';
    label text;
    letters int[];
    letter int;
    output text;
    basic int;
    handled int;
    n int;
    lowest int;
    delta int;
    bias int;
    q int;
    k int;
    t int;
begin
    name := replace(normalize(lower(normalize(typed, NFKC)), NFKC), U&'\3002', '.');
    name := regexp_replace(name, '(?<![\u0600-\u1cff])[\u200c\u200d]+|[\u200c\u200d]+(?=\.|$)', '', 'g');
    name := regexp_replace(name, '\.$', '');
    foreach label in array string_to_array(name, '.') loop
        output := label;
        if label ~ '[^\u0001-\u007f]' then
            letters := array(select ascii(c) from regexp_split_to_table(label, '') with ordinality as s (c, at) order by at);
            output := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
            basic := length(output);
            handled := basic;
            output := 'xn--' || output || case when basic > 0 then '-' else '' end;
            n := 128;
            delta := 0;
            bias := 72;
            while handled < cardinality(letters) loop
                select min(l) into lowest from unnest(letters) l where l >= n;
                delta := delta + (lowest - n) * (handled + 1);
                n := lowest;
                foreach letter in array letters loop
                    if letter < n then
                        delta := delta + 1;
                    elsif letter = n then
                        q := delta;
                        k := 36;
                        loop
                            t := greatest(1, least(26, k - bias));
                            exit when q < t;
                            output := output || substr(digits, t + (q - t) % (36 - t) + 1, 1);
                            q := (q - t) / (36 - t);
                            k := k + 36;
                        end loop;
                        output := output || substr(digits, q + 1, 1);
                        delta := case when handled = basic then delta / 700 else delta / 2 end;
                        delta := delta + delta / (handled + 1);
                        k := 0;
                        while delta > 455 loop
                            delta := delta / 35;
                            k := k + 36;
                        end loop;
                        bias := k + 36 * delta / (delta + 38);
                        delta := 0;
                        handled := handled + 1;
                    end if;
                end loop;
                delta := delta + 1;
                n := n + 1;
            end loop;
        end if;
        plain := plain || '.' || output;
    end loop;
    plain := substr(plain, 2);
    if plain !~ '^[a-z0-9_-]+(\.[a-z0-9_-]+)*$' or plain ~ '[^.]{64}' then
        plain := typed;
    end if;
    return normalize(left(seen, length(seen) - length(typed)), NFC) || plain;
end $$;
