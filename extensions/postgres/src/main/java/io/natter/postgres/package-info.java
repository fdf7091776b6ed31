/// The adapter and the emitter of npm `@socket.io/postgres-adapter` for Natter: servers on the JVM
/// and on Node.js share rooms and broadcasts over one PostgreSQL.
package io.natter.postgres;
