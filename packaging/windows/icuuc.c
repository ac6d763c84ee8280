/* For Wine only: Qt asks Windows for its converters of old encodings, and hears that there are none. */
void *absent(void)
{
    return 0;
}
