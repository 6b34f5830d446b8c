package io.byteport.engine.intake;

/** Hears what becomes of alerts, once for each that is looked at. Must not throw. */
public interface OpenerListener {
  OpenerListener NONE = new OpenerListener() {};

  /** It is written down what became of an alert. */
  default void became(DueAlerts.Due alert, Outcome outcome) {}

  /** It could not be seen what becomes of an alert; it is tried again. */
  default void failed(DueAlerts.Due alert, String reason) {}
}
