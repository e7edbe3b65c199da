/** What guards and describes the pages that people open in a browser. */
package io.tasklane.web.page;
