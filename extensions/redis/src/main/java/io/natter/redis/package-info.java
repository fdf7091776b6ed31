/// The adapters of npm `@socket.io/redis-adapter` for Natter: servers on the JVM and on Node.js
/// share rooms and broadcasts over one Redis.
package io.natter.redis;
