/** Mail through a server that speaks SMTP. */
@NullMarked
package io.byteport.adapter.notify.smtp;

import org.jspecify.annotations.NullMarked;
