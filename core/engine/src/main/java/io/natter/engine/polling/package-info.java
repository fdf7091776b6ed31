/// The bodies of polling requests. It knows no session.
package io.natter.engine.polling;
