/** Clients as legacy systems have them, against a whole server. */
package io.tasklane.legacy;
