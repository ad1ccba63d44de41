/* The program itself. */
int main(void)
{
	return 0;
}
