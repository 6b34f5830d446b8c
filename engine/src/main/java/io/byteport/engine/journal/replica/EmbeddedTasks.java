package io.byteport.engine.journal.replica;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;

/** Picks what is due in an embedded database in one transaction, not one for each task. */
final class EmbeddedTasks extends DefaultJdbcCustomization {
  EmbeddedTasks() {
    super(true);
  }

  @Override
  public boolean supportsGenericLockAndFetch() {
    return true;
  }

  @Override
  public String createGenericSelectForUpdateQuery(
      String tableName, int limit, String requiredAndCondition, boolean orderByPriority) {
    return "select * from "
        + tableName
        + " where picked = ? and execution_time <= ? "
        + requiredAndCondition
        + " order by "
        + (orderByPriority ? "priority desc, " : "")
        + "execution_time fetch first "
        + limit
        + " rows only for update skip locked";
  }
}
