package io.byteport.adapter.probes.dns;

import java.time.Duration;

/**
 * One record of an answer.
 *
 * @param owner in lower case, without the dot of the root at its end
 * @param type the number on the wire
 * @param text as a zone file has it, but without quotes and on one line; empty for a type that is
 *     not read
 */
record DnsRecord(String owner, int type, Duration ttl, String text) {}
