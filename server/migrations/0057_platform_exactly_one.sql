-- For changes that are sent together with the commit, before anybody has seen how they went: one that finds no row, because somebody was faster
-- since the look it rests on, undoes everything and asks for another attempt.
create function exactly_one(changed bigint) returns void language plpgsql as $$
begin
  if changed <> 1 then
    raise exception 'a change of one row touched %', changed using errcode = 'serialization_failure';
  end if;
end
$$;
