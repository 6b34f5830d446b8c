package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/**
 * The door in front of pages. Who is not known is sent to {@code /login}, and comes back; {@code
 * POST /logout}, with the field {@link Visitor#CSRF_FIELD}, ends a session. Safe for several
 * threads.
 */
public interface Sessions {

  /** A page that is asked for with GET. */
  Handler page(Role least, Page page);

  /** A form that is sent with POST: url-encoded, and with {@link Visitor#CSRF_FIELD}. */
  Handler form(Role least, Form form);

  /** Shows a page. */
  @FunctionalInterface
  interface Page {
    void show(Visitor visitor, ServerRequest request, ServerResponse response) throws Exception;
  }

  /** Takes a form; it answers with a redirect, as a rule. */
  @FunctionalInterface
  interface Form {
    /**
     * @param fields the first value of each, in order
     */
    void submit(
        Visitor visitor, Map<String, String> fields, ServerRequest request, ServerResponse response)
        throws Exception;
  }
}
