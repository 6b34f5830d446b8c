package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import java.util.List;

/**
 * Who asks.
 *
 * @param name as journal and console show it
 * @param csrf what every form of this visitor must bring in its field {@link #CSRF_FIELD}; empty
 *     for one who has no session
 */
public record Visitor(String name, Role role, List<String> groups, String csrf) {
  /** The field of forms; programs use the header {@link #CSRF_HEADER}. */
  public static final String CSRF_FIELD = "csrf";

  public static final String CSRF_HEADER = "X-CSRF-Token";

  /** Somebody on this machine, where nobody is named. */
  static final Visitor NEIGHBOUR = new Visitor("anonymous", Role.VIEWER, List.of(), "");

  public Visitor {
    groups = List.copyOf(groups);
  }

  /** Whether what needs a role is open. */
  public boolean is(Role least) {
    return role.compareTo(least) >= 0;
  }

  /** Whether this one may answer what runs ask. */
  public boolean mayAnswer(Approvals approvals) {
    return is(Role.APPROVER)
        && (approvals.approvers().isEmpty()
            || approvals.approvers().stream().anyMatch(this::isMeant));
  }

  private boolean isMeant(String approver) {
    return approver.equals("user:" + name)
        || groups.stream().anyMatch(group -> approver.equals("group:" + group));
  }

  /** Whether this is anybody on this machine, where nobody is named. */
  boolean isNeighbour() {
    return equals(NEIGHBOUR);
  }

  /** Whether logging out means something. */
  public boolean hasSession() {
    return !csrf.isEmpty();
  }
}
