package io.byteport.cli.agent;

/** How log lines are written; as people name it on the command line. */
public enum LogFormat {
  text,
  json
}
