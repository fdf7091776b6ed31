/// Strands for hosts whose server has no event loops of its own, such as a servlet container.
package io.natter.host.strand;
