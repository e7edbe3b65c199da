/** A Payara Server with the EAR, installed by the commands that an operator uses. */
package io.tasklane.payara;
