package io.byteport.cli.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Around every request: what all answers have in common. */
record Frame(Deadlines deadlines) implements Filter {

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    deadlines.headRead();
    Guard.headers(request.isSecure()).forEach(response::header);
    try {
      chain.proceed();
    } finally {
      deadlines.answered();
    }
  }
}
