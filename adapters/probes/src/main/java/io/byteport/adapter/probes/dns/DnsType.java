package io.byteport.adapter.probes.dns;

import io.byteport.engine.spi.Word;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of records that can be asked for, with their numbers on the wire. */
enum DnsType {
  @Word("A")
  A(1),
  @Word("AAAA")
  AAAA(28),
  @Word("CNAME")
  CNAME(5),
  @Word("TXT")
  TXT(16),
  @Word("CAA")
  CAA(257),
  @Word("NS")
  NS(2),
  @Word("MX")
  MX(15);

  /** Asked for by {@code dns.soa} only. */
  static final int SOA = 6;

  private final int number;

  DnsType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Optional<DnsType> of(int number) {
    return Stream.of(values()).filter(type -> type.number == number).findFirst();
  }
}
