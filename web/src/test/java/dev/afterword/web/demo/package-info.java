/** Tests of the package of the same name. */
package dev.afterword.web.demo;
