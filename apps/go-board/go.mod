module nua.rocks/samples/board

go 1.19
