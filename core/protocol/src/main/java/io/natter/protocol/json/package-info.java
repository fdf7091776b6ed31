/// JSON as bytes: checking, skipping, quoting and writing, and the names that repeat in it. Only
/// the modules of Natter see this package.
package io.natter.protocol.json;
