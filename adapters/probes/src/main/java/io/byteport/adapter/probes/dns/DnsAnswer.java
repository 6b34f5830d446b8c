package io.byteport.adapter.probes.dns;

import java.util.List;

/**
 * What a name server said.
 *
 * @param code the response code of RFC 1035 section 4.1.1
 * @param cut whether the answer did not fit and must be asked for again over TCP
 */
record DnsAnswer(int code, boolean cut, List<DnsRecord> answers, List<DnsRecord> authority) {
  static final int NO_ERROR = 0;
  static final int NO_SUCH_NAME = 3;

  DnsAnswer {
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
  }

  boolean exists() {
    return code != NO_SUCH_NAME;
  }

  /** The code by its name. */
  static String word(int code) {
    return switch (code) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      default -> "RCODE" + code;
    };
  }
}
