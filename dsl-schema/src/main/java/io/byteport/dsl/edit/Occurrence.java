package io.byteport.dsl.edit;

import io.byteport.dsl.source.Span;

/**
 * A name where it stands.
 *
 * @param owner within which the name is looked for: the block of an argument, the place of a local,
 *     the runbook where another than the file's own is meant; empty where there is none
 * @param span of the name alone, without quotes
 */
public record Occurrence(SymbolKind kind, String owner, String name, Role role, Span span) {
  /** The owner of what may belong to any runbook. */
  public static final String ANY = "*";

  /** What is done with the name. */
  public enum Role {
    DECLARATION,
    USE,
    /** Something runs it: a block is called, a signal handed on. */
    CALL
  }

  public boolean declares() {
    return role == Role.DECLARATION;
  }

  /** Whether another may mean the same: the same name of a kind that fits, of the same owner. */
  public boolean isAlike(Occurrence other) {
    return name.equals(other.name)
        && owner.equals(other.owner)
        && (kind.covers(other.kind) || other.kind.covers(kind));
  }
}
