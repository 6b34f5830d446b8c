package io.byteport.adapter.sql.server;

import io.byteport.adapter.sql.connect.Deadline;
import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.statement.Dialect;
import io.byteport.adapter.sql.statement.Select;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Optional;

/** A server that speaks SQL and has settings. Safe for several threads. */
public interface SqlServer extends Server {

  Dialect dialect();

  /**
   * Runs a statement that selects, in a read-only transaction.
   *
   * @param bind what its parameters stand for, in the order of their numbers
   */
  Rows select(Select select, List<Value> bind, Columns columns, Deadline deadline)
      throws ActionException, InterruptedException;

  /** A value as a person would write it in a statement. Pure. */
  String literal(Value value);

  /** The settings of these names, in the order of their names; those that there are. */
  List<Setting> settings(List<String> names, Deadline deadline)
      throws ActionException, InterruptedException;

  /** What is known of a setting; empty where there is none of that name. */
  Optional<Parameter> parameter(String name, Deadline deadline)
      throws ActionException, InterruptedException;

  /**
   * Writes a setting.
   *
   * @param parameter as the server described it
   */
  void set(Parameter parameter, String value, Deadline deadline)
      throws ActionException, InterruptedException;

  /** What stands in the server's own files, or where it keeps what was set; empty for nothing. */
  Optional<String> written(Parameter parameter, Deadline deadline)
      throws ActionException, InterruptedException;

  /** The statement that does the same as {@link #set}, for a person. Pure. */
  String statement(String name, String value);
}
