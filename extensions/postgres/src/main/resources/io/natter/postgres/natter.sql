-- Natter for PostgreSQL 13 or later: the attachment table of @socket.io/postgres-adapter, and functions that send to
-- the clients of a Socket.IO cluster. A message belongs to its transaction: it goes out with COMMIT, never with
-- ROLLBACK. The role that calls a function needs the right to insert into the table.

-- Several servers may install at the same time, each in one transaction.
SELECT pg_advisory_xact_lock(hashtext('natter.install'));

CREATE TABLE IF NOT EXISTS socket_io_attachments (
  id bigserial UNIQUE,
  created_at timestamptz DEFAULT now(),
  payload bytea
);

-- A value as MessagePack, in which Node.js reads rows of the table.
CREATE OR REPLACE FUNCTION natter_message_pack(value jsonb) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  kind text := jsonb_typeof(value);
  number numeric;
  bytes bytea;
  size int;
BEGIN
  IF kind = 'null' THEN
    RETURN '\xc0';
  ELSIF kind = 'boolean' THEN
    RETURN CASE WHEN value::boolean THEN '\xc3'::bytea ELSE '\xc2'::bytea END;
  ELSIF kind = 'number' THEN
    number := value::numeric;
    IF number <> trunc(number) OR abs(number) > 9007199254740991 THEN
      RETURN '\xcb'::bytea || float8send(number::float8);
    ELSIF number BETWEEN -32 AND 127 THEN
      RETURN substring(int2send(number::smallint) FROM 2);
    ELSIF abs(number) < 2147483648 THEN
      RETURN '\xd2'::bytea || int4send(number::int);
    END IF;
    RETURN '\xd3'::bytea || int8send(number::bigint);
  ELSIF kind = 'string' THEN
    bytes := convert_to(value #>> '{}', 'UTF8');
    size := length(bytes);
    IF size < 32 THEN
      RETURN set_byte('\x00', 0, 160 + size) || bytes;
    ELSIF size < 65536 THEN
      RETURN '\xda'::bytea || substring(int4send(size) FROM 3) || bytes;
    END IF;
    RETURN '\xdb'::bytea || int4send(size) || bytes;
  ELSIF kind = 'array' THEN
    SELECT count(*), coalesce(string_agg(natter_message_pack(element), ''::bytea ORDER BY place), ''::bytea)
      INTO size, bytes
      FROM jsonb_array_elements(value) WITH ORDINALITY AS elements(element, place);
    RETURN '\xdd'::bytea || int4send(size) || bytes;
  END IF;
  SELECT count(*), coalesce(
      string_agg(natter_message_pack(to_jsonb(key)) || natter_message_pack(member), ''::bytea), ''::bytea)
    INTO size, bytes
    FROM jsonb_each(value) AS members(key, member);
  RETURN '\xdf'::bytea || int4send(size) || bytes;
END
$$;

-- Sends a message of a cluster's servers; the functions below use it. Each message has an id of its own, because
-- PostgreSQL sends equal notifications of one transaction once.
CREATE OR REPLACE FUNCTION natter_publish(nsp text, type int, data jsonb) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  name text := CASE WHEN nsp LIKE '/%' THEN nsp ELSE '/' || coalesce(nsp, '') END;
  channel text := 'socket.io#' || name;
  message jsonb := jsonb_build_object(
    'type', type, 'data', data, 'uid', 'emitter', 'nsp', name, 'id', gen_random_uuid());
  attachment bigint;
BEGIN
  IF octet_length(channel) > 63 THEN
    RAISE EXCEPTION 'the namespace % is too long: its channel would have more than 63 bytes', name
      USING ERRCODE = 'name_too_long';
  END IF;
  IF octet_length(message::text) < 8000 THEN
    PERFORM pg_notify(channel, message::text);
    RETURN;
  END IF;
  INSERT INTO socket_io_attachments (payload) VALUES (natter_message_pack(message)) RETURNING id INTO attachment;
  PERFORM pg_notify(channel, jsonb_build_object(
    'uid', 'emitter', 'type', type, 'attachmentId', attachment::text)::text);
END
$$;

-- The receivers of a message: NULL means all sockets.
CREATE OR REPLACE FUNCTION natter_options(rooms text[], except_rooms text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'rooms', to_jsonb(coalesce(rooms, '{}')), 'except', to_jsonb(coalesce(except_rooms, '{}')), 'flags', '{}'::jsonb)
$$;

-- Sends an event to the sockets that are in one of the rooms and in none of those excepted. Without rooms (NULL) that
-- is all sockets of the namespace; with an empty array it is none.
CREATE OR REPLACE FUNCTION natter_broadcast(
  nsp text, rooms text[], except_rooms text[], event text, VARIADIC args jsonb[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF event IS NULL OR event IN
      ('connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener') THEN
    RAISE EXCEPTION '% is no name for an event', coalesce(quote_literal(event), 'NULL')
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF rooms = '{}' THEN
    RETURN;
  END IF;
  PERFORM natter_publish(nsp, 3, jsonb_build_object(
    'packet', jsonb_build_object('type', 2, 'data', to_jsonb(event) || to_jsonb(coalesce(args, '{}'))),
    'opts', natter_options(rooms, except_rooms)));
END
$$;

-- Sends an event to a room, or with NULL to all sockets of the namespace:
--   SELECT natter_emit('/chat', 'room 1', 'message', '{"text": "hello"}');
CREATE OR REPLACE FUNCTION natter_emit(nsp text, room text, event text, VARIADIC args jsonb[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM natter_broadcast(nsp, CASE WHEN room IS NOT NULL THEN ARRAY[room] END, NULL, event, VARIADIC args);
END
$$;

-- Makes the sockets that are in one of the rooms join others.
CREATE OR REPLACE FUNCTION natter_sockets_join(nsp text, rooms text[], VARIADIC join_rooms text[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF rooms IS DISTINCT FROM '{}' THEN
    PERFORM natter_publish(nsp, 4, jsonb_build_object(
      'opts', natter_options(rooms, NULL), 'rooms', to_jsonb(join_rooms)));
  END IF;
END
$$;

-- Makes the sockets that are in one of the rooms leave others.
CREATE OR REPLACE FUNCTION natter_sockets_leave(nsp text, rooms text[], VARIADIC leave_rooms text[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF rooms IS DISTINCT FROM '{}' THEN
    PERFORM natter_publish(nsp, 5, jsonb_build_object(
      'opts', natter_options(rooms, NULL), 'rooms', to_jsonb(leave_rooms)));
  END IF;
END
$$;

-- Disconnects the sockets that are in one of the rooms from the namespace; with close also their connections.
CREATE OR REPLACE FUNCTION natter_disconnect_sockets(nsp text, rooms text[], close boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF rooms IS DISTINCT FROM '{}' THEN
    PERFORM natter_publish(nsp, 6, jsonb_build_object(
      'opts', natter_options(rooms, NULL), 'close', coalesce(close, false)));
  END IF;
END
$$;
